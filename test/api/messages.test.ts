import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { App } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { testStack, warningsOf } from '../support/app';
import { MISTAKES } from '../support/mistakes';

/*
 * The form of every message of the constructs: it begins with the prop or in lower case, states the rule, says what it got and
 * ends without a period. The handler and the tools of the command line speak to other readers.
 */

const SOURCES = join(__dirname, '..', '..', 'src');
const OTHER_READERS = /^(setting\/handler|importer|forecast|cli)\//;

/** What stands for a value that a message shows. */
const HOLE = '…';

interface Message {
  readonly place: string;
  readonly text: string;
}

/** Messages about something that is missing, or that name everything themselves, have nothing that they got. */
const MISSING = [
  /^'(…|[a-zA-Z]+)' can only be given together with '[a-zA-Z]+', /,
  /^(…|'targets') must not be empty, /,
  /^target '…' is registered with '…', register it with '…' by addTarget\(\)$/,
  /^cannot (preview|prove|mute alarms by|send notices by) /,
];

function sourceFiles(): ts.SourceFile[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf-8' })
    .filter(name => name.endsWith('.ts') && !OTHER_READERS.test(name))
    .map(name => ts.createSourceFile(name, readFileSync(join(SOURCES, name), 'utf-8'), ts.ScriptTarget.ES2022, true));
}

/** The text of an expression that is made of literals, with a hole for every other part. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) { return node.text; }
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join('');
  }
  if (ts.isParenthesizedExpression(node)) { return textOf(node.expression); }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return (textOf(node.left) ?? HOLE) + (textOf(node.right) ?? HOLE);
  }
  return undefined;
}

/** The texts that an expression may have. */
function textsOf(node: ts.Node): string[] {
  if (ts.isConditionalExpression(node)) { return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)]; }
  const text = textOf(node);
  return text === undefined ? [] : [text];
}

function isMessage(node: ts.Node): boolean {
  const parent: ts.Node | undefined = node.parent;
  if (!parent) { return false; }
  // the message of an error
  if (ts.isCallExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'validationError') {
    return parent.arguments[1] === node;
  }
  // the message of advice, or one that is kept in a variable first
  if ((ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) && ts.isIdentifier(parent.name) && parent.name.text === 'message') {
    return parent.initializer === node;
  }
  // anything else that tells a value: quotas and other findings at the end of synthesis
  return textsOf(node).some(text => text.includes(', got ')) && textOf(parent) === undefined;
}

function messagesIn(source: ts.SourceFile): Message[] {
  const messages: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (isMessage(node)) {
      const place = `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      messages.push(...textsOf(node).map(text => ({ place, text })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return messages;
}

const WRITTEN = sourceFiles().flatMap(messagesIn);

/** What people see of the mistakes, which their own test holds word by word: without the place that an error begins or ends with. */
function seen(): Message[] {
  return Object.values(MISTAKES).flatMap(({ name, make, error, warning }) => {
    if (error !== undefined) {
      return [{ place: name, text: error.replace(/^\[[^\]]*\] /, '').replace(/ \(at [^()]*\)$/, '') }];
    }
    if (warning === undefined) { return []; }
    const stack = testStack();
    make!(stack);
    (stack.node.root as App).synth();
    return warningsOf(stack).map(text => ({ place: name, text }));
  });
}

test('the messages are found', () => {
  expect(WRITTEN.length).toBeGreaterThan(60);
  // of each kind of place some: a construct, a value class, a check, a rule, a warning
  const folders = new Set(WRITTEN.map(({ place }) => place.split(/[\\/]/)[0]));
  expect([...folders]).toEqual(expect.arrayContaining(['alarm', 'calendar', 'common', 'document', 'rules', 'schedule', 'target', 'task', 'window']));
});

test.each(WRITTEN)('$place: $text', ({ text }) => {
  expect(text).toMatch(/^([a-z]|'|"|…)/);
  expect(text).not.toMatch(/[.!]$/);
  expect(text).not.toMatch(/\n|\berror\b|\bexception\b|\binvalid input\b|\[object|undefined/i);
  expect(MISSING.some(pattern => pattern.test(text)) || /\bgot ['"]?(…|[a-zA-Z[]+)/.test(text)).toBe(true);
});

test.each(MISSING)('%s is a message still', (pattern) => {
  expect(WRITTEN.filter(({ text }) => pattern.test(text))).not.toEqual([]);
});

test('what people see of mistakes has the form', () => {
  const messages = seen();
  expect(messages.length).toBeGreaterThan(20);
  for (const { text } of messages) {
    expect(text).toMatch(/^([a-z]|').*(, got |can only be given together with)/s);
    expect(text).not.toMatch(/[.!]$|\n|\[object|undefined|\bat .*:\d+/);
  }
});

test('errors are made in one place', () => {
  const made = sourceFiles().flatMap((source) => {
    const places: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) { places.push(relative('.', source.fileName)); }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return places;
  });
  expect([...new Set(made)]).toEqual([join('common', 'errors.ts')]);
});
