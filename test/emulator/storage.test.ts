import { BlockBlobClient } from '@azure/storage-blob';
import { startAzurite } from '../support/azurite';
import { APPS, startTrustedEmulator } from '../support/emulator';
import { buildMsix, buildZip } from '../support/msix';
import { Api, type Json } from './api';

const NOTES = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001', version: '1.5.0.0' };

/** A draft with a package that waits for its upload. */
async function draftWithPackage(api: Api, app: string): Promise<{ path: string; url: string }> {
  const { path, document }: { path: string; document: Json } = await api.draft(app);
  const added = { fileName: 'New.msix', fileStatus: 'PendingUpload' };
  await api.put(path, { ...document, applicationPackages: [...(document.applicationPackages as unknown[]), added] });
  return { path, url: String(document.fileUploadUrl) };
}

test('uploads go to a storage account that is given; while it is away, a commit waits for it', async () => {
  const first = await startAzurite();
  const emulator = await startTrustedEmulator({ storage: first.connectionString });
  const api = await Api.signIn(emulator);
  const notes = await draftWithPackage(api, APPS.published);
  const sketch = await draftWithPackage(api, APPS.simple);
  const archive = await buildZip({ 'New.msix': await buildMsix(NOTES) });
  await new BlockBlobClient(notes.url.replaceAll('+', '%2B')).uploadData(archive);

  const read: Json = await api.commitAndSettle(notes.path);
  await first.stop();
  const away: Json = await api.commitAndSettle(sketch.path);
  const second = await startAzurite({ blobPort: first.blobPort });
  const back: Json = (await api.get(`${sketch.path}/status`)).body;
  await emulator.stop();
  await second.stop();

  expect(notes.url).toContain(`${first.blobUrl}/ingestion/`);
  expect([read.status, away.status]).toEqual(['Published', 'CommitStarted']);
  expect([back.status, back.statusDetails.errors[0].code]).toEqual(['CommitFailed', 'MissingFiles']);
});
