import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const epoch = new Date(Date.UTC(2020, 0, 1));

/**
 * The package of an Azure application: a ZIP with the template that is deployed and the form that asks for its
 * parameters. The same version always gives the same bytes.
 */
export function sampleApplication(version: string): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (name: string, content: object): void =>
    zip.addBuffer(Buffer.from(`${JSON.stringify(content, null, 2)}\n`), name, {
      mtime: epoch,
      forceDosTimestamp: true,
      compress: false,
    });
  add('mainTemplate.json', mainTemplate(version));
  add('createUiDefinition.json', createUiDefinition);
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}

/** Deploys one storage account: enough to be a template, cheap enough to be tried. */
function mainTemplate(version: string): object {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: `${version}.0`,
    parameters: {
      location: { type: 'string', defaultValue: '[resourceGroup().location]' },
      accountName: { type: 'string', minLength: 3, maxLength: 24 },
    },
    resources: [
      {
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-05-01',
        name: "[parameters('accountName')]",
        location: "[parameters('location')]",
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
      },
    ],
  };
}

const createUiDefinition = {
  $schema: 'https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#',
  handler: 'Microsoft.Azure.CreateUIDef',
  version: '0.1.2-preview',
  parameters: {
    basics: [
      {
        name: 'accountName',
        type: 'Microsoft.Common.TextBox',
        label: 'Storage account',
        constraints: { required: true, regex: '^[a-z0-9]{3,24}$', validationMessage: '3 to 24 of a-z and 0-9.' },
      },
    ],
    steps: [],
    outputs: { location: '[location()]', accountName: "[basics('accountName')]" },
  },
};
