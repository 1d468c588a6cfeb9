import type { AppServices } from './app';
import type { Settings } from './config/settings';
import type { FunctionServices } from './functions/services';
import { redact } from './partner-center/http/redact';
import type { Rooms, Surroundings } from './rooms';
import type * as RoomsModule from './rooms';

const machine: Surroundings = { now: () => new Date() };

/**
 * The services of the app. Rooms are opened when the first call needs them: an instance of the host that starts does
 * not wait for clients that it may never use.
 */
export function createServices(settings: Settings, surroundings: Surroundings = machine): AppServices {
  const { now } = surroundings;
  const stopping = new AbortController();
  const rooms = once(() => loadRooms().openRooms(settings, surroundings));
  return {
    functions: lazily({ settings: { ...settings, documents: settings }, redact }, () =>
      functionServices(rooms(), { surroundings, settings, stopping: stopping.signal }),
    ),
    activities: (invocation) =>
      loadRooms().createActivities({ ...rooms(), settings, stopping: stopping.signal, now }, invocation),
    redact,
    stop: () => stopping.abort(),
  };
}

type Rest = Omit<FunctionServices, 'settings' | 'redact'>;

interface Circumstances {
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly stopping: AbortSignal;
}

function functionServices(rooms: Rooms, { surroundings, settings, stopping }: Circumstances): Rest {
  const { accounts, audit, releases, probe } = rooms;
  const { now } = surroundings;
  const { writeAllPendingAudit, writePendingAudit, createUpload, uploadId, hashOfDocument, newReleaseId } = loadRooms();
  const { queryRollout } = loadRooms();
  const { createQueries, deleteProduct, readPlan, newPlanId } = loadRooms();
  return {
    ...rooms,
    audit: {
      writePending: (releaseId) => writePendingAudit(releases, audit, releaseId),
      writeAllPending: () => writeAllPendingAudit(releases, audit),
      append: (events) => audit.append(events),
    },
    accounts: {
      describeAccounts: () => accounts.describeAccounts(),
      check: (account, wish) => accounts.checkAccount(account, probe, wish),
    },
    rollouts: {
      read: (account, product, submissionId) => queryRollout(rooms, account, product, submissionId),
    },
    uploads: {
      request: async (sha256, size) => ({
        id: uploadId(sha256),
        ...(await createUpload(await rooms.storage.container('uploads'), { sha256, size })),
      }),
    },
    queries: createQueries({ ...rooms, settings, stopping }),
    deleteProduct: (account, product) => deleteProduct({ ...rooms, stopping }, account, product),
    readPlan: (releaseId) => readPlan(rooms.work, releaseId),
    hashOfDocument,
    newReleaseId,
    newPlanId,
    now,
  };
}

/** What the triggers need is small; what stands behind it takes a third of a second to load. */
function loadRooms(): typeof RoomsModule {
  // A getter cannot wait for `import()`.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./rooms') as typeof RoomsModule;
}

/** An object that has some members now, and makes the rest together when one of them is first asked for. */
function lazily<Now extends object, Later extends object>(now: Now, make: () => Later): Now & Later {
  const later = once(make);
  const read = (_target: object, name: string | symbol): unknown =>
    Reflect.get(Reflect.has(now, name) ? now : later(), name);
  // The proxy has exactly the members of both.
  return new Proxy({}, { get: read }) as Now & Later;
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
