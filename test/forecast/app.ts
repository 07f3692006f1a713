import type { FileReader } from '../../src/forecast/template-files';

/** Files in memory. */
export function reader(files: Record<string, object | string>): FileReader {
  const texts = new Map(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? content : JSON.stringify(content)]));
  const inFolder = (folder: string) => [...texts.keys()].filter(name => name.startsWith(`${folder}/`));
  return {
    exists: file => texts.has(file) || inFolder(file).length > 0,
    readFile: file => texts.get(file)!,
    listFolder: folder => (inFolder(folder).length > 0 ? inFolder(folder) : undefined),
  };
}

export const WINDOW = { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: 'cron(0 4 * * ? *)', Duration: 3, Cutoff: 0 } };

/** An artifact of a manifest. */
export const stack = (templateFile: string, more: object = {}) => ({ type: 'aws:cloudformation:stack', properties: { templateFile }, ...more });
