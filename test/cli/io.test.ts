import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { NodeIo } from '../../src/cli/io';

let folder: string;
const at = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'io-test-'));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

test('files are written and read', () => {
  const io = new NodeIo();
  io.writeFiles([{ path: at('a'), text: 'ä' }, { path: at('b'), text: '' }]);
  expect(io.readFile(at('a'))).toBe('ä');
  expect(io.exists(at('b'))).toBe(true);
  expect(fs.readdirSync(folder).sort()).toEqual(['a', 'b']);
});

test('when one file cannot be written, none is', () => {
  const io = new NodeIo();
  expect(() => io.writeFiles([{ path: at('a'), text: 'x' }, { path: at('gone/b'), text: 'x' }]))
    .toThrow(`cannot write ${at('gone/b')}: no such file or folder`);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('fails when a file is a folder', () => {
  fs.mkdirSync(at('b'));
  expect(() => new NodeIo().writeFiles([{ path: at('b'), text: 'x' }])).toThrow(`cannot write ${at('b')}: it is a folder`);
  expect(fs.readdirSync(folder)).toEqual(['b']);
});

test('fails when a file is missing', () => {
  expect(() => new NodeIo().readFile(at('a'))).toThrow(`cannot read ${at('a')}: no such file or folder`);
});

test('a folder is listed in order of name', () => {
  new NodeIo().writeFiles([{ path: at('b'), text: '' }, { path: at('a'), text: '' }]);
  expect(new NodeIo().listFolder(folder)).toEqual([at('a'), at('b')]);
  expect(new NodeIo().listFolder(at('a'))).toBeUndefined();
  expect(new NodeIo().listFolder(at('gone'))).toBeUndefined();
});

describe('progress', () => {
  const isTTY = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');

  afterEach(() => {
    if (isTTY) {
      Object.defineProperty(process.stderr, 'isTTY', isTTY);
    } else {
      delete (process.stderr as { isTTY?: boolean }).isTTY;
    }
  });

  function onTerminal(watched: boolean) {
    const written: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation(text => written.push(String(text)) > 0);
    Object.defineProperty(process.stderr, 'isTTY', { value: watched, configurable: true });
    return { io: new NodeIo(), written };
  }

  test('is shown in one line and wiped before a message', () => {
    const { io, written } = onTerminal(true);
    io.progress('reading 10');
    io.progress('reading 9');
    io.report('done');
    expect(written).toEqual(['\rreading 10', '\rreading 9 ', '\r         \r', 'done\n']);
  });

  test('is not shown when nobody watches', () => {
    const { io, written } = onTerminal(false);
    io.progress('reading');
    io.report('done');
    expect(written).toEqual(['done\n']);
  });
});
