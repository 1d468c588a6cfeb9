import fc from 'fast-check';
import { newReleaseView } from '../../src/domain/new-release';
import type { RemoteView, ReleaseView } from '../../src/domain/release';
import type { ReleaseDocument } from '../../src/domain/release-document';
import type { CheckedPackage, StorePackage, StoreSubmission } from '../../src/domain/store/submission';

export const document = {
  account: 'contoso',
  target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
} as const satisfies ReleaseDocument;

export function newView(): ReleaseView {
  return newReleaseView('rel_1', document, { by: 'pipeline', at: at(0) });
}

/** A time that many minutes into the test. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
}

export function remote(status: string, more: Partial<RemoteView> = {}): RemoteView {
  return { submissionId: '2000', status, errors: [], warnings: [], reports: [], links: [], ...more };
}

export const desktop = 'Windows.Desktop min version 10.0.17763.0';

export function existing(fileName: string, more: Partial<StorePackage> = {}): StorePackage {
  const base = { fileName, fileStatus: 'Uploaded', id: `id-${fileName}`, version: '1.0.0.0', architecture: 'x64' };
  return { ...base, targetDeviceFamilies: [desktop], ...more };
}

export function checked(fileName: string, more: Partial<CheckedPackage> = {}): CheckedPackage {
  const identity = { identityName: 'Contoso.App', publisher: 'CN=Contoso', version: '2.0.0.0' };
  const facts = { sha256: 'a'.repeat(64), size: 1, architectures: ['x64'], languages: ['en'] };
  return { fileName, ...identity, ...facts, targetDeviceFamilies: [desktop], ...more };
}

/** A submission as the API answers it, with members that we do not know. */
export function submission(more: Partial<StoreSubmission> = {}): StoreSubmission {
  return {
    id: '1000',
    applicationCategory: 'DeveloperTools',
    pricing: { trialPeriod: 'NoFreeTrial', marketSpecificPricings: { RU: 'Tier3' }, priceId: 'Free' },
    visibility: 'Public',
    targetPublishDate: '2026-01-01T00:00:00Z',
    listings: {
      'en-us': { baseListing: { title: 'Contoso', description: 'A sample.', keywords: ['a', 'b'], images: [] } },
      'de-DE': { baseListing: { title: 'Contoso', description: 'Ein Beispiel.' }, platformOverrides: {} },
    },
    hardwarePreferences: ['Touch'],
    automaticBackupEnabled: false,
    notesForCertification: 'none',
    gamingOptions: [{ genres: ['Games_ActionAndAdventure'], maxPlayers: 4 }],
    applicationPackages: [existing('old.msix')],
    packageDeliveryOptions: { packageRollout: { isPackageRollout: false, packageRolloutStatus: 'NotStarted' } },
    ...more,
  };
}

/** Texts that people write, line breaks of every kind and strange ones included. */
export const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', '\n', '\r', ' ', 'é') }),
  fc.constant('2026-01-01Today: a new start'),
  fc.constant('2026-13-45Tomorrow'),
);
