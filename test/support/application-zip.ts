import { leave } from './pictures';
import type { ReleaseApp } from './release-app';
import { ZipFile } from 'yazl';

/** The package of an Azure application: what every one has, and a version that makes its bytes its own. */
export async function applicationZip(version: string): Promise<Buffer> {
  const zip = new ZipFile();
  const template = { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#' };
  const entry = { mtime: new Date(0), compress: false };
  zip.addBuffer(Buffer.from(JSON.stringify({ ...template, contentVersion: version })), 'mainTemplate.json', entry);
  zip.addBuffer(
    Buffer.from(JSON.stringify({ handler: 'Microsoft.Azure.CreateUIDef' })),
    'createUiDefinition.json',
    entry,
  );
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Leaves the package of a plan as a pipeline does. */
export async function packageOf(app: ReleaseApp, version: string, plan = 'basic') {
  const source = await leave(app, await applicationZip(version));
  return { plan, version, fileName: `monitor-${version}.zip`, source };
}
