import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../../src';
import type { Program } from '../../../src/importer/write/program';

/** The forms of which a written program may consist. What computes, such as a template with holes, a function or an operator, is not among them. */
const FORMS = new Set([
  ts.SyntaxKind.SourceFile, ts.SyntaxKind.ImportDeclaration, ts.SyntaxKind.ImportClause, ts.SyntaxKind.NamedImports, ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.NamespaceImport, ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.HeritageClause,
  ts.SyntaxKind.ExpressionWithTypeArguments, ts.SyntaxKind.Constructor, ts.SyntaxKind.Parameter, ts.SyntaxKind.QuestionToken,
  ts.SyntaxKind.TypeReference,
  ts.SyntaxKind.StringKeyword, ts.SyntaxKind.Block, ts.SyntaxKind.ExpressionStatement, ts.SyntaxKind.CallExpression, ts.SyntaxKind.SuperKeyword,
  ts.SyntaxKind.Identifier, ts.SyntaxKind.VariableStatement, ts.SyntaxKind.VariableDeclarationList, ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.NewExpression, ts.SyntaxKind.ThisKeyword, ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NumericLiteral, ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword, ts.SyntaxKind.ObjectLiteralExpression, ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.ComputedPropertyName, ts.SyntaxKind.ArrayLiteralExpression, ts.SyntaxKind.SpreadElement, ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.AsExpression, ts.SyntaxKind.ParenthesizedExpression, ts.SyntaxKind.QualifiedName, ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.PrefixUnaryExpression, ts.SyntaxKind.EndOfFileToken,
  // the option that adds the alarms
  ts.SyntaxKind.InterfaceDeclaration, ts.SyntaxKind.PropertySignature, ts.SyntaxKind.ReadonlyKeyword, ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.ConditionalExpression, ts.SyntaxKind.ColonToken,
]);

/** Names of the modules of AWS services, by which the program imports them. */
const NAMESPACES = new Set(['cloudwatch', 'iam', 'lambda', 'logs', 's3', 'sns', 'ssm', 'sfn']);

/** Methods and properties that the importer uses of constructs and tokens. */
const MEMBERS = new Set([
  'addTransform', 'addTarget', 'addRunCommandTask', 'addAutomationTask', 'addLambdaTask', 'addStepFunctionsTask', 'addPropertyOverride',
  'addPropertyDeletionOverride', 'addOverride', 'addDependency', 'node', 'defaultChild', 'cfnOptions', 'condition', 'ref', 'maintenanceWindowId',
  'maintenanceWindowTargetId', 'maintenanceWindowTaskId', 'valueAsString', 'valueAsNumber', 'valueAsList', 'toString', 'logicalId',
  'findInMap', 'formatArn', 'customResources', 'join', 'addMetadata', 'applyRemovalPolicy', 'deletionPolicy', 'updateReplacePolicy',
]);

function isExported(name: string): boolean {
  return Object.hasOwn(library, name) || Object.hasOwn(cdk, name) || ['StackProps', 'Construct', 'IResolvable'].includes(name);
}

/** The member of a class or an enum that is imported by name, such as `CutoffBehavior.CANCEL_TASK`. */
function isStatic(owner: ts.Expression, name: string): boolean {
  if (!ts.isIdentifier(owner) || !isExported(owner.text)) {
    return false;
  }
  // a decorated class has its factories from the class that it wraps
  let value: unknown = new Map<string, unknown>([...Object.entries(cdk), ...Object.entries(library)]).get(owner.text);
  while ((typeof value === 'function' || typeof value === 'object') && value !== null && value !== Function.prototype && value !== Object.prototype) {
    if (Object.hasOwn(value, name)) { return true; }
    value = Object.getPrototypeOf(value);
  }
  return false;
}

/**
 * What a program holds that the importer did not put there,
   as text of the program: empty if whatever the source says stands in string literals, names of
 * properties and comments.
 */
export function foreignCodeIn(source: string, program: Program): string[] {
  const file = ts.createSourceFile('program.ts', source, ts.ScriptTarget.ES2022, true);
  const variables = new Set(program.statements.flatMap(({ variable }) => variable ? [variable.name] : []));
  const isAllowed = (node: ts.Identifier): boolean => {
    const { parent, text } = node;
    if (ts.isPropertyAssignment(parent) && parent.name === node) {
      return true; // the name of a property is not looked up
    }
    if (ts.isVariableDeclaration(parent) && parent.name === node) {
      return variables.has(text) && /^[a-z_][A-Za-z0-9_]*$/.test(text);
    }
    if ((ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) && (ts.isQualifiedName(parent) ? parent.right : parent.name) === node) {
      return MEMBERS.has(text) || isServiceMember(parent) || (ts.isPropertyAccessExpression(parent) && isStatic(parent.expression, text));
    }
    return variables.has(text) || isExported(text) || NAMESPACES.has(text) || text === program.className
      || (program.hasCustomResources && [`${program.className}Props`, 'customResources', 'undefined'].includes(text)) || ['props', 'scope', 'id', 'Date'].includes(text);
  };
  const isServiceMember = (node: ts.PropertyAccessExpression | ts.QualifiedName): boolean => {
    // `iam.Role.fromRoleArn`: the namespace begins it, and names of classes and factories follow
    return /^(cloudwatch|iam|lambda|logs|s3|sns|ssm|sfn)(\.[A-Za-z][A-Za-z0-9]*){1,2}$/.test(node.getText());
  };

  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics: ts.Diagnostic[] };
  const found: string[] = parseDiagnostics.map(({ messageText }) => String(messageText));
  const visit = (node: ts.Node): void => {
    if (!FORMS.has(node.kind) || (ts.isIdentifier(node) && !isAllowed(node))) {
      found.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found, ...commentsOf(source).filter((comment) => /\\|\*\/.|[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/.test(comment))];
}

export function commentsOf(source: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, source);
  const comments: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) {
      comments.push(scanner.getTokenText());
    }
  }
  return comments;
}

/** A program in Python without its texts and comments. */
export function codeOfPython(source: string): string {
  return source.replace(/"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|#.*/g, '""');
}
