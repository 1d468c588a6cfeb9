import type { Services } from '../../core/services';
import { Archive } from '../../store/ingestion/archive';
import { isStorageFailure } from '../../storage/upload-storage';
import type { IngestionProduct, PackageOutcome, Row, ValidationItem } from '../model';

/** Of the duration of certification; the first half is `Uploaded`, the second `InProcessing` (*assumed*). */
const SHARE = 0.1;
/** *Documented*: what the package of an application has to have at its root. */
const NEEDED = ['mainTemplate.json', 'createUiDefinition.json'];

/** Begins to process a package that was uploaded; *observed*: those of Business Central are done at once. */
export async function startProcessing(services: Services, product: IngestionProduct, row: Row): Promise<void> {
  const { upload } = row;
  if (!upload) return;
  const outcome = takeOutcome(services.world.ingestion.packageOutcomes, product, row);
  if (outcome) upload.findings = outcome.validationItems;
  upload.processing = isImmediate(row) ? 0 : services.world.settings.certification * SHARE;
  if (isImmediate(row)) await finish(services, row);
}

function isImmediate({ type }: Row): boolean {
  return type.startsWith('Dynamics365BusinessCentral');
}

function takeOutcome(outcomes: PackageOutcome[], product: IngestionProduct, row: Row): PackageOutcome | undefined {
  const index = outcomes.findIndex(
    (outcome) =>
      (outcome.product === undefined || outcome.product === product.id) &&
      (outcome.fileName === undefined || outcome.fileName === row.members['fileName']),
  );
  return index < 0 ? undefined : outcomes.splice(index, 1)[0];
}

/** Brings the packages of a product up to the emulator's time. */
export async function settlePackages(services: Services, product: IngestionProduct): Promise<void> {
  const now = services.clock.now();
  for (const row of product.packages) {
    const { uploaded, processing } = row.upload ?? {};
    const state = row.members['state'];
    if (uploaded === undefined || processing === undefined) continue;
    if (state === 'Uploaded' && now >= uploaded + processing / 2) row.members['state'] = 'InProcessing';
    if (row.members['state'] === 'InProcessing' && now >= uploaded + processing) await finish(services, row);
  }
}

async function finish(services: Services, row: Row): Promise<void> {
  const items = await findings(services, row);
  row.members['state'] = items.length === 0 ? 'Processed' : 'ProcessFailed';
  if (items.length > 0) row.members['validationItems'] = items;
}

async function findings(services: Services, row: Row): Promise<ValidationItem[]> {
  if (row.upload?.findings) return row.upload.findings;
  const isTrusted = services.world.settings.switches.packageContents === 'trusted';
  if (isTrusted || row.type !== 'AzureApplicationPackage' || !row.upload) return [];
  const source = await services.storage.open(row.upload.blob);
  const archive = source && (await opened(() => Archive.open(source)));
  if (!archive) return [item('The package is not a ZIP archive.')];
  try {
    return NEEDED.filter((name) => !archive.has(name)).map((name) => item(`The package has no ${name}.`));
  } finally {
    await archive.close();
  }
}

async function opened(open: () => Promise<Archive>): Promise<Archive | undefined> {
  try {
    return await open();
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    return undefined;
  }
}

/** Code and wording are *assumed*. */
function item(message: string): ValidationItem {
  return { errorCode: 'Package-40001', severity: 'Error', message, resource: 'Package' };
}
