import type { Json } from '../../../src/importer/json';
import { parseTemplate, parseTemplateText } from '../../../src/importer/read/parse-template';

const parse = (text: string) => parseTemplate({ name: 'windows.yaml', text });

describe('short forms of intrinsic functions', () => {
  test.each<[string, Json]>([
    ['!Ref X', { Ref: 'X' }],
    ['!Condition X', { Condition: 'X' }],
    ['!GetAtt X.Y', { 'Fn::GetAtt': ['X', 'Y'] }],
    ['!GetAtt X.Outputs.Y', { 'Fn::GetAtt': ['X', 'Outputs.Y'] }],
    ['!GetAtt [X, Y]', { 'Fn::GetAtt': ['X', 'Y'] }],
    ['!Sub "a ${B}"', { 'Fn::Sub': 'a ${B}' }],
    ['!Sub ["a ${B}", {B: !Ref C}]', { 'Fn::Sub': ['a ${B}', { B: { Ref: 'C' } }] }],
    ['!Join ["-", [a, !Ref B]]', { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }],
    ['!Select [0, !Split [",", !Ref A]]', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'A' }] }] }],
    ['!If [A, b, !Ref "AWS::NoValue"]', { 'Fn::If': ['A', 'b', { Ref: 'AWS::NoValue' }] }],
    ['!Not [!Equals [!Ref A, ""]]', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'A' }, ''] }] }],
    ['!And [!Condition A, !Or [!Condition B, !Condition C]]', { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Or': [{ Condition: 'B' }, { Condition: 'C' }] }] }],
    ['!FindInMap [A, !Ref B, c]', { 'Fn::FindInMap': ['A', { Ref: 'B' }, 'c'] }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    ['!ImportValue a', { 'Fn::ImportValue': 'a' }],
    ['!ImportValue {"Fn::Sub": "${A}-b"}', { 'Fn::ImportValue': { 'Fn::Sub': '${A}-b' } }],
    ['!Base64 a', { 'Fn::Base64': 'a' }],
    ['!Cidr [a, 1, 2]', { 'Fn::Cidr': ['a', 1, 2] }],
    ['!Length [1, 2]', { 'Fn::Length': [1, 2] }],
    ['!ToJsonString {A: 1}', { 'Fn::ToJsonString': { A: 1 } }],
    ['!Transform {Name: A}', { 'Fn::Transform': { Name: 'A' } }],
  ])('%s', (yaml, json) => {
    expect(parseTemplateText({ name: 'x.yaml', text: `Value: ${yaml}` })).toEqual({ Value: json });
  });
});

describe('values in YAML', () => {
  test.each<[string, Json]>([
    ['2010-09-09', '2010-09-09'],
    ['012345678901', '012345678901'],
    ['1.10', '1.10'],
    ['3', 3],
    ...['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true'].map((word): [string, Json] => [word, true]),
    ...['no', 'No', 'NO', 'off', 'Off', 'OFF', 'false'].map((word): [string, Json] => [word, false]),
    ...['yEs', 'y', 'N', 'yes please'].map((word): [string, Json] => [word, word]),
    ['"true"', 'true'],
    ['"yes"', 'yes'],
    ["'off'", 'off'],
    ['!!str no', 'no'],
    ['|-\n  on', 'on'],
    ['!Ref On', { Ref: 'On' }],
    ['{on: off}', { on: false }],
    ['~', null],
    ['&anchor [a]', ['a']],
  ])('%s', (yaml, json) => {
    expect(parseTemplateText({ name: 'x.yaml', text: `Value: ${yaml}` })).toEqual({ Value: json });
  });

  test('aliases and merge keys are followed', () => {
    expect(parseTemplateText({ name: 'x.yaml', text: 'A: &a {X: 1, Y: 2}\nB: {<<: *a, Y: 3}\nC: *a' })).toEqual({
      A: { X: 1, Y: 2 }, B: { X: 1, Y: 3 }, C: { X: 1, Y: 2 },
    });
  });

  test('a key that is the name of a prototype is a key', () => {
    const value = parseTemplateText({ name: 'x.yaml', text: '__proto__: {a: 1}' });
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });
});

const WINDOW = `
  Window:
    Type: AWS::SSM::MaintenanceWindow
    Properties: {Name: patching, Schedule: rate(7 days), Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false}
`;

describe('what is not imported', () => {
  test('a reference to another resource becomes a parameter of its name', () => {
    const model = parse(`
Resources:${WINDOW}
  Target:
    Type: AWS::SSM::MaintenanceWindowTarget
    Properties:
      WindowId: !GetAtt Window.WindowId
      ResourceType: INSTANCE
      Targets: [{Key: InstanceIds, Values: [!Ref Server, !GetAtt Server.InstanceId, !Sub 'mi-\${Server.Id}']}]
  Server: {Type: AWS::EC2::Instance}
`);
    expect(model.entities[1].properties).toEqual({
      WindowId: { Ref: 'Window' },
      ResourceType: 'INSTANCE',
      Targets: [{ Key: 'InstanceIds', Values: [{ Ref: 'Server' }, { Ref: 'ServerInstanceId' }, { 'Fn::Join': ['', ['mi-', { Ref: 'ServerId' }]] }] }],
    });
    expect(model.standIns).toEqual([
      { parameter: 'Server', description: 'Server (AWS::EC2::Instance)' },
      { parameter: 'ServerInstanceId', description: 'InstanceId of Server (AWS::EC2::Instance)' },
      { parameter: 'ServerId', description: 'Id of Server (AWS::EC2::Instance)' },
    ]);
  });

  test('references that would make the same parameter make two', () => {
    const model = parse(`
Resources:${WINDOW.replace('patching', '!Sub "${A.BC}${AB.C}"')}
  A: {Type: X}
  AB: {Type: X}
`);
    expect(model.standIns.map(({ parameter }) => parameter)).toEqual(['ABC', 'ABC2']);
  });

  test('parameters, conditions and mappings are taken as far as they are used', () => {
    const model = parse(`
Parameters:
  Used: {Type: String}
  ByCondition: {Type: String}
  Unused: {Type: String}
Mappings:
  Used: {a: {b: c}}
  Unused: {a: {b: c}}
Conditions:
  Used: !And [!Condition Inner, !Equals [!Ref 'AWS::Region', x]]
  Inner: !Equals [!Ref ByCondition, y]
  Unused: !Equals [a, b]
Resources:
  Window:
    Type: AWS::SSM::MaintenanceWindow
    Condition: Used
    Properties: {Name: !Ref Used, Description: !FindInMap [Used, a, b]}
`);
    expect(Object.keys(model.parameters)).toEqual(['Used', 'ByCondition']);
    expect(Object.keys(model.conditions)).toEqual(['Used', 'Inner']);
    expect(Object.keys(model.mappings)).toEqual(['Used']);
  });

  test('an output is taken if it tells about a window', () => {
    const model = parse(`
Resources:${WINDOW}
  Other: {Type: X}
Outputs:
  Id: {Value: !Ref Window}
  Other: {Value: !Ref Other}
`);
    expect(model.outputs).toEqual({ Id: { Value: { Ref: 'Window' } } });
  });

  test('the order after a resource that is not imported is not carried', () => {
    const model = parse(`
Resources:
  Window:
    Type: AWS::SSM::MaintenanceWindow
    DependsOn: [Other, Gone]
  Other: {Type: X}
`);
    expect(model.notCarried).toEqual([
      { place: 'windows.yaml, Resources.Window', what: 'DependsOn: Other', reason: 'Other is no part of the program' },
      { place: 'windows.yaml, Resources.Window', what: 'DependsOn: Gone', reason: 'the template does not have Gone' },
    ]);
  });

  test('resources that a macro makes are not carried', () => {
    const model = parse(`Resources:${WINDOW}  Fn::ForEach::Windows: [A, [b], {}]\nRules: {A: {}}`);
    expect(model.notCarried.map(({ place }) => place)).toEqual(['windows.yaml, Fn::ForEach::Windows', 'windows.yaml, Rules']);
  });
});

describe('fails when', () => {
  test.each([
    ['the YAML is broken', 'Resources:\n  A: [', /^windows\.yaml, line \d+, column \d+: is not valid YAML: /],
    ['a key is there twice', 'Resources:\n  A: {}\n  A: {}', 'windows.yaml, line 3, column 3: is not valid YAML: Map keys must be unique'],
    ['a tag is unknown', 'Resources:\n  A: !Reff B', 'windows.yaml, line 2: holds the unknown tag !Reff, use an intrinsic function of CloudFormation'],
    ['the JSON is broken', '{\n "Resources": {,}}', 'windows.yaml, line 2, column 16: is not valid JSON, fix the syntax there'],
    ['it is no template', 'a: b', "windows.yaml: must be a CloudFormation template with a 'Resources' section"],
    ['its resources are empty', 'Resources:', 'windows.yaml, Resources: holds no maintenance window, target or task'],
    ['its resources are no map', 'Resources: [a]', 'windows.yaml, Resources: must be a map'],
    ['a section is no map', 'Resources: {A: {}}\nParameters: [a]', 'windows.yaml, Parameters: must be a map'],
    ['properties are no map', 'Resources: {A: {Type: "AWS::SSM::MaintenanceWindow", Properties: []}}', 'windows.yaml, Resources.A.Properties: must be a map'],
    ['there is nothing to import', 'Resources: {A: {Type: X}}', 'windows.yaml, Resources: holds no maintenance window, target or task'],
    ['aliases make it endless', `a: &a [x]\n${'bcdefghijklm'.split('').map((name, index, all) => {
      const before = index === 0 ? 'a' : all[index - 1];
      return `${name}: &${name} [*${before}, *${before}, *${before}]`;
    }).join('\n')}`, 'windows.yaml: is too large or nested too deeply, check its anchors and aliases'],
    ['an alias holds itself', 'a: &a [*a]', 'windows.yaml: is too large or nested too deeply, check its anchors and aliases'],
  ])('%s', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
