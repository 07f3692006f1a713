import { attributeAdjustments, type Adjustment } from './attributes-code';
import {
  array, call, core, create, isEmptyObject, keyword, literal, member, own, props as propsCode, service, THIS, variable,
  type Code, type Statement, type Variable,
} from './code';
import { Identifiers, logicalIdOf, pascalCase } from './identifiers';
import { L1_CLASSES } from './l1-classes';
import { inMethods, type Method, type Owner } from './methods';
import { conditionsInOrder, dependenciesOf, entitiesInOrder, windowKeyOf } from './order';
import { rawProps } from './raw-code';
import { nameOfValue, typeOfShared, type RenderedProps, type Rendering, type SharedKind } from './rendering';
import { targetProps } from './target-code';
import { ADD_METHODS, taskProps, windowOf } from './task-code';
import { Values } from './values';
import { windowProps } from './window-code';
import { adviceOn } from '../check/advice';
import { mistakesIn } from '../check/model-mistakes';
import { secretRemarks } from '../check/secrets';
import { canonical, valueOf, type Json, type JsonObject } from '../json';
import { needsCustomResource, RESOURCE_TYPES, type Entity, type Model, type NotCarried, type Remark } from '../model';
import { referencesOf } from '../read/references';

/** One stack of a file. */
export interface Program {
  readonly className: string;
  readonly documentation: string[];
  /** What the constructor does before it calls the methods. */
  readonly statements: readonly Statement[];
  /** Methods of the stack, each of which defines a window; none if there are few windows. */
  readonly methods: readonly Method[];
  /** Whether the stack has the option that adds alarms and disables windows. */
  readonly hasCustomResources: boolean;
  /** The logical id that each entity, parameter, condition, mapping and output of the model has in the stack. */
  readonly logicalIds: ReadonlyMap<string, string>;
  /** The path of each entity's construct within the stack. */
  readonly paths: ReadonlyMap<string, string>;
  /** What the constructs refuse, by entity: these are made by L1 constructs. */
  readonly mistakes: ReadonlyMap<string, string[]>;
  /** What deserves a look. */
  readonly remarks: Remark[];
  /** What the program does not hold. */
  readonly notCarried: NotCarried[];
}

/**
 * Turns a model into a program.
 *
 * @param refused further mistakes by entity, found by running an earlier program
 */
export function buildProgram(model: Model, refused: ReadonlyMap<string, string[]> = new Map()): Program {
  return new Builder(model, refused).build();
}

/** The key of a name in `Program.logicalIds`: names of different sections may be equal. */
export function sectionKey(section: 'Parameters' | 'Conditions' | 'Mappings' | 'Outputs', name: string): string {
  return `${section}.${name}`;
}

const OWN_CLASSES = { window: 'MaintenanceWindow', target: 'MaintenanceWindowTarget', task: 'MaintenanceWindowTask' } as const;
const ID_MEMBERS = { window: 'maintenanceWindowId', target: 'maintenanceWindowTargetId', task: 'maintenanceWindowTaskId' } as const;
const CUSTOM_RESOURCES = member(keyword('props'), 'customResources');

class Builder implements Rendering {
  readonly values: Values;
  private readonly identifiers = new Identifiers();
  private readonly statements: Statement[] = [];
  private readonly logicalIds = new Map<string, string>();
  private readonly paths = new Map<string, string>();
  /** The entity whose code is being made. */
  private current?: string;
  private readonly parameters = new Map<string, { variable: Variable; type: string }>();
  private readonly conditions = new Map<string, Variable>();
  private readonly mappings = new Map<string, Variable>();
  private readonly entities = new Map<string, { variable: Variable; entity: Entity; isRaw: boolean; id: string }>();
  private readonly sharedConstructs = new Map<string, Variable>();
  private readonly mistakes: Map<string, string[]>;
  private readonly remarks: Remark[];

  constructor(private readonly model: Model, refused: ReadonlyMap<string, string[]>) {
    this.mistakes = mistakesIn(model);
    this.remarks = [...model.remarks, ...adviceOn(model), ...secretRemarks(model)];
    for (const [key, messages] of refused) {
      this.mistakes.set(key, [...this.mistakes.get(key) ?? [], ...messages]);
    }
    this.values = new Values({
      parameter: name => this.parameters.get(name),
      mapping: name => this.mappings.get(name),
      condition: name => this.conditions.get(name),
      entityId: name => {
        const found = this.entities.get(name);
        return found && member(variable(found.variable), found.isRaw ? 'ref' : ID_MEMBERS[found.entity.kind]);
      },
    });
  }

  public build(): Program {
    const { model } = this;
    this.reserveIds();
    model.transforms.forEach(transform => this.statements.push({ comments: [], code: call(member(THIS, 'addTransform'), literal(transform)) }));
    Object.entries(model.parameters).forEach(([name, parameter]) => this.parameter(name, parameter));
    model.standIns.forEach(({ parameter, description }) => this.parameter(parameter, { Type: 'String', Description: description }));
    Object.entries(model.mappings).forEach(([name, mapping]) => this.mapping(name, mapping));
    conditionsInOrder(model).forEach(name => this.condition(name));
    entitiesInOrder(model.entities).forEach(entity => this.entity(entity));
    Object.entries(model.outputs).forEach(([name, output]) => this.output(name, output));
    return {
      className: className(model),
      documentation: documentation(model),
      ...inMethods(this.statements, this.owners(), (name) => this.identifiers.method(name)),
      hasCustomResources: model.entities.some((entity) => needsCustomResource(entity) && !this.mistakes.has(entity.key)),
      logicalIds: this.logicalIds,
      paths: this.paths,
      mistakes: this.mistakes,
      remarks: this.remarks,
      notCarried: [...model.notCarried, ...this.lostSettings()],
    };
  }

  private owners(): Map<string, Owner> {
    return new Map(this.model.entities.map((entity) => {
      const name = entity.kind === 'window' ? entity.name : this.windowName(entity) ?? nameOfValue(entity.properties.WindowId ?? null, 'Other');
      return [entity.key, { window: windowKeyOf(entity), name }];
    }));
  }

  /** The constructs that set alarms and disable windows are not for tasks and windows that these refuse. */
  private lostSettings(): NotCarried[] {
    return this.model.entities.filter((entity) => needsCustomResource(entity) && this.mistakes.has(entity.key)).map(({ place, alarm }) => (alarm
      ? { place, what: `the alarm ${alarm.name}`, reason: 'the task is made by an L1 construct, which has none; mend the task first' }
      : { place, what: 'Enabled: false', reason: 'the window is made by an L1 construct, which cannot say it; mend the window first' }));
  }

  public entityVariable(value: Json) {
    const key = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.Ref : undefined;
    return typeof key === 'string' ? this.entities.get(key) : undefined;
  }

  public shared(kind: SharedKind, value: Json, wantedName: string, make: (id: string) => Code): Code {
    const key = `${kind} ${canonical(value)}`;
    let found = this.sharedConstructs.get(key);
    if (!found) {
      const code = make(this.identifiers.constructId('', wantedName));
      found = this.identifiers.variable(wantedName, typeOfShared(kind));
      this.sharedConstructs.set(key, found);
      this.statements.push({ comments: [], variable: found, code, key: this.current, isShared: true });
    }
    return variable(found);
  }

  /** Parameters and the rest of the template keep their names, so constructs must not take them. */
  private reserveIds(): void {
    const { parameters, standIns, mappings, conditions, outputs } = this.model;
    const sections = [
      ['Parameters', [...Object.keys(parameters), ...standIns.map(({ parameter }) => parameter)]],
      ['Conditions', Object.keys(conditions)],
      ['Mappings', Object.keys(mappings)],
      ['Outputs', Object.keys(outputs)],
    ] as const;
    for (const [section, names] of sections) {
      names.forEach(name => this.logicalIds.set(sectionKey(section, name), logicalIdOf([this.identifiers.keptConstructId(name)])));
    }
  }

  private parameter(name: string, source: JsonObject): void {
    const found = { variable: this.identifiers.variable(name, core('CfnParameter')), type: String(source.Type) };
    this.parameters.set(name, found);
    const id = literal(this.logicalIds.get(sectionKey('Parameters', name))!);
    const number = (value: Json | undefined) => value === undefined ? undefined : this.values.number(value);
    const string = (value: Json | undefined) => value === undefined ? undefined : this.values.string(value);
    this.statements.push({
      comments: [],
      variable: found.variable,
      code: create(core('CfnParameter'), THIS, id, propsCode({
        type: source.Type === 'String' ? undefined : string(source.Type),
        description: string(source.Description),
        default: source.Default === undefined ? undefined : this.values.any(source.Default),
        allowedPattern: string(source.AllowedPattern),
        allowedValues: Array.isArray(source.AllowedValues) ? array(source.AllowedValues.map(value => this.values.string(value))) : undefined,
        constraintDescription: string(source.ConstraintDescription),
        minLength: number(source.MinLength),
        maxLength: number(source.MaxLength),
        minValue: number(source.MinValue),
        maxValue: number(source.MaxValue),
        noEcho: source.NoEcho === undefined ? undefined : literal(String(source.NoEcho).toLowerCase() === 'true'),
      })),
    });
  }

  private mapping(name: string, source: JsonObject): void {
    const found = this.identifiers.variable(name, core('CfnMapping'));
    this.mappings.set(name, found);
    const id = literal(this.logicalIds.get(sectionKey('Mappings', name))!);
    this.statements.push({
      comments: [], variable: found, code: create(core('CfnMapping'), THIS, id, propsCode({ mapping: this.values.any(source) })),
    });
  }

  private condition(name: string): void {
    const found = this.identifiers.variable(name, core('CfnCondition'));
    this.conditions.set(name, found);
    const id = literal(this.logicalIds.get(sectionKey('Conditions', name))!);
    this.statements.push({
      comments: [], variable: found, code: create(core('CfnCondition'), THIS, id, propsCode({ expression: this.values.condition(this.model.conditions[name]) })),
    });
  }

  private output(name: string, source: JsonObject): void {
    const exportName = typeof source.Export === 'object' && source.Export !== null && !Array.isArray(source.Export) ? source.Export.Name : undefined;
    const condition = typeof source.Condition === 'string' ? this.conditions.get(source.Condition) : undefined;
    const id = literal(this.logicalIds.get(sectionKey('Outputs', name))!);
    this.statements.push({
      comments: [],
      startsBlock: true,
      code: create(core('CfnOutput'), THIS, id, propsCode({
        value: this.values.string(source.Value),
        description: source.Description === undefined ? undefined : this.values.string(source.Description),
        exportName: exportName === undefined ? undefined : this.values.string(exportName),
        condition: condition && variable(condition),
      })),
    });
  }

  private entity(entity: Entity): void {
    const problems = this.mistakes.get(entity.key) ?? [];
    const remarks = this.remarks.filter(({ key }) => key === entity.key).map(({ message }) => message);
    const first = this.statements.length;
    this.current = entity.key;
    const startsBlock = entity.kind === 'window' || problems.length > 0;
    const overrides = problems.length > 0 ? this.rawEntity(entity, [...problems, ...remarks]) : this.ownEntity(entity, remarks);
    if (startsBlock || entity.kind === 'task') {
      this.statements[first] = { ...this.statements[first], startsBlock: true };
    }
    this.adjust(entity, overrides);
  }

  /** An entity made by this library's constructs. */
  private ownEntity(entity: Entity, comments: string[]): RenderedProps['overrides'] {
    const { kind, properties } = entity;
    if (kind === 'window') {
      const rendered = windowProps(entity, this, CUSTOM_RESOURCES);
      const id = this.identifiers.constructId('', entity.name);
      const found = this.register(entity, id, [id], false);
      this.statements.push({ comments, variable: found, key: entity.key, code: create(own('MaintenanceWindow'), THIS, literal(id), propsCode(rendered.props)) });
      return rendered.overrides;
    }
    const window = windowOf(properties.WindowId, this);
    const windowId = this.constructIdOf(window);
    const rendered = kind === 'target' ? targetProps(properties, this) : taskProps(entity, this, CUSTOM_RESOURCES);
    const id = this.identifiers.constructId(windowId, entity.name);
    const found = this.register(entity, id, [windowId, id], false);
    const method = kind === 'target' ? 'addTarget' : valueOf(ADD_METHODS, String(properties.TaskType))!;
    this.statements.push({ comments, variable: found, key: entity.key, code: call(member(window, method), literal(id), propsCode(rendered.props)) });
    return rendered.overrides;
  }

  /** An entity made by an L1 construct, because this library refuses it. */
  private rawEntity(entity: Entity, comments: string[]): RenderedProps['overrides'] {
    const { kind, properties } = entity;
    const id = this.identifiers.constructId('', entity.name);
    const found = this.register(entity, id, [], true);
    const raw = rawProps(kind, properties, this.values);
    const code = raw ? create(service('ssm', 'aws-ssm', L1_CLASSES[kind]), THIS, literal(id), raw.props)
      : create(core('CfnResource'), THIS, literal(id), propsCode({ type: literal(RESOURCE_TYPES[kind]), properties: this.values.any(properties) }));
    this.statements.push({ comments, variable: found, key: entity.key, code });
    return raw?.overrides ?? [];
  }

  private register(entity: Entity, id: string, path: string[], isRaw: boolean): Variable {
    const type = isRaw ? service('ssm', 'aws-ssm', L1_CLASSES[entity.kind]) : own(OWN_CLASSES[entity.kind]);
    const found = this.identifiers.variable(entity.name, type, this.windowName(entity));
    this.entities.set(entity.key, { variable: found, entity, isRaw, id });
    this.logicalIds.set(entity.key, logicalIdOf(isRaw ? [id] : [...path, 'Resource']));
    this.paths.set(entity.key, isRaw ? id : path.join('/'));
    return found;
  }

  /** The name of the window that a target or task belongs to, if it is known. */
  private windowName({ kind, properties }: Entity): string | undefined {
    return kind === 'window' ? undefined : this.entityVariable(properties.WindowId)?.entity.name;
  }

  /** The id of the construct that a constant holds. */
  private constructIdOf(code: Code): string {
    const found = code.kind === 'variable' ? code.variable : undefined;
    const owned = [...this.entities.values()].find(entity => entity.variable === found);
    const statement = this.statements.find(candidate => candidate.variable === found);
    const id = statement?.code.kind === 'call' ? statement.code.args[1] : undefined;
    return owned?.id ?? (id?.kind === 'literal' ? String(id.value) : '');
  }

  /** What the constructs have no option for: overrides, conditions, dependencies, policies. */
  private adjust(entity: Entity, overrides: RenderedProps['overrides']): void {
    const { variable: found, isRaw } = this.entities.get(entity.key)!;
    const { DependsOn: _, ...attributes } = entity.attributes;
    const condition = this.conditions.get(String(attributes.Condition));
    if (condition) {
      delete attributes.Condition;
    }
    const implied = referencesOf(entity.properties);
    const adjustments: Adjustment[] = [
      // an empty map renders nothing
      ...overrides.filter(([, value]) => !value || !isEmptyObject(value)).map(([path, value]): Adjustment => ({
        statement: resource => ({
          code: value ? call(member(resource, 'addPropertyOverride'), literal(path), value)
            : call(member(resource, 'addPropertyDeletionOverride'), literal(path)),
        }),
      })),
      ...condition ? [{ statement: (resource: Code) => ({ assigned: member(member(resource, 'cfnOptions'), 'condition'), code: variable(condition) }) }] : [],
      ...dependenciesOf(entity).filter(name => this.entities.has(name) && !implied.includes(name)).map(name => this.dependency(entity, name)),
      ...attributeAdjustments(attributes, this.values),
    ];
    const usesResource = adjustments.filter(({ isOfConstruct }) => !isOfConstruct).length;
    let resource: Code = isRaw ? variable(found) : this.resourceOf(entity.key);
    if (!isRaw && usesResource > 1) {
      const name = this.identifiers.variable(`${found.name}Resource`, service('ssm', 'aws-ssm', L1_CLASSES[entity.kind]));
      this.statements.push({ comments: [], variable: name, code: resource, key: entity.key });
      resource = variable(name);
    }
    adjustments.forEach(({ isOfConstruct, statement }) => this.statements.push({
      comments: [], key: entity.key, ...statement(isOfConstruct ? variable(found) : resource),
    }));
  }

  /** A window has targets and tasks below it, which must not wait as well; what they wait for may be a window. */
  private dependency(entity: Entity, name: string): Adjustment {
    const other = this.entities.get(name)!;
    const isOfConstruct = entity.kind !== 'window' && other.entity.kind !== 'window' && !other.isRaw && !this.entities.get(entity.key)!.isRaw;
    return isOfConstruct
      ? { isOfConstruct, statement: construct => ({ code: call(member(member(construct, 'node'), 'addDependency'), variable(other.variable)) }) }
      : { statement: resource => ({ code: call(member(resource, 'addDependency'), this.resourceOf(name)) }) };
  }

  /** The L1 construct of an entity. */
  private resourceOf(key: string): Code {
    const { variable: found, entity, isRaw } = this.entities.get(key)!;
    return isRaw ? variable(found) : {
      kind: 'cast',
      value: member(member(variable(found), 'node'), 'defaultChild'),
      type: service('ssm', 'aws-ssm', L1_CLASSES[entity.kind]),
    };
  }
}

function className(model: Model): string {
  const windows = model.entities.filter(({ kind }) => kind === 'window');
  const name = model.origin === 'template' ? baseName(model.source).replace(/\.(json|ya?ml|template)$/i, '') : windows.length === 1 ? windows[0].name : '';
  const base = pascalCase(name).replace(/^\d+/, '');
  return `${base === '' || base.length > 50 ? 'MaintenanceWindows' : base.charAt(0).toUpperCase() + base.slice(1)}Stack${model.part ?? ''}`;
}

function baseName(file: string): string {
  return file.replace(/^.*[/\\]/, '');
}

function documentation({ source, description }: Model): string[] {
  const first = `Maintenance windows imported from ${baseName(source)}.`;
  return description === undefined ? [first] : [first, '', description];
}
