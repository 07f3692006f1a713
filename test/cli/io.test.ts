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

describe('what is read', () => {
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFä')],
    ['UTF-16, little end first, as PowerShell writes it', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ä', 'utf16le')])],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('ä', 'utf16le').swap16()])],
  ])('%s', (_, bytes) => {
    fs.writeFileSync(at('a'), bytes);
    expect(new NodeIo().readFile(at('a')).replace('\uFEFF', '')).toBe('ä');
  });

  test('fails when it is in another encoding', () => {
    fs.writeFileSync(at('a'), Buffer.from('ä', 'latin1'));
    expect(() => new NodeIo().readFile(at('a'))).toThrow(
      new Error(`cannot read ${at('a')}: it must be UTF-8, or UTF-16 with a byte order mark, save it as UTF-8`));
  });

  test('fails when it is too large', () => {
    fs.writeFileSync(at('a'), '');
    fs.truncateSync(at('a'), 64_000_001);
    expect(() => new NodeIo().readFile(at('a'))).toThrow(new Error(`cannot read ${at('a')}: it must be at most 64 MB, got 65 MB`));
    fs.truncateSync(at('a'), 64_000_000);
    expect(new NodeIo().readFile(at('a'))).toHaveLength(64_000_000);
  });

  test.each(['/dev/zero', os.tmpdir()])('fails when %s is no file', file => {
    expect(() => new NodeIo().readFile(file)).toThrow(new Error(`cannot read ${file}: it is no file`));
  });
});

describe('links', () => {
  test('one to nothing is there, so nothing replaces it unasked', () => {
    fs.symlinkSync(at('gone'), at('link'));
    expect(new NodeIo().exists(at('link'))).toBe(true);
    expect(new NodeIo().exists(at('link/below'))).toBe(false);
  });

  test('nothing is written through one', () => {
    fs.writeFileSync(at('other'), 'kept');
    fs.symlinkSync(at('other'), at('link'));
    new NodeIo().writeFiles([{ path: at('link'), text: 'new' }]);
    expect(fs.readFileSync(at('other'), 'utf8')).toBe('kept');
    expect(fs.readFileSync(at('link'), 'utf8')).toBe('new');
  });

  test('nothing is written through one in the place of a draft', () => {
    fs.writeFileSync(at('other'), 'kept');
    fs.symlinkSync(at('other'), at(`a.${process.pid}.tmp`));
    expect(() => new NodeIo().writeFiles([{ path: at('a'), text: 'new' }])).toThrow(`cannot write ${at('a')}: EEXIST`);
    expect(fs.readFileSync(at('other'), 'utf8')).toBe('kept');
  });
});

test('a folder is made, and one for a file must be there', () => {
  new NodeIo().makeFolder(at('x/y'));
  expect(() => new NodeIo().requireFolderOf(at('x/y/z'))).not.toThrow();
  expect(() => new NodeIo().requireFolderOf(at('gone/z'))).toThrow(new Error(`cannot write ${at('gone/z')}: no such file or folder`));
});

test('a terminal gets no controls out of foreign texts', () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  new NodeIo().report('a\u001b[31mb\r\nc');
  expect(write.mock.calls.map(([text]) => text)).toEqual(['a\ufffd[31mb\ufffd\ufffdc\n']);
});
