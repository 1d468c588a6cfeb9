import { setTimeout as delay } from 'node:timers/promises';
import type { Health } from '../contracts/answers';
import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import type { FunctionServices } from './services';

const patienceMs = 5000;
/** Of no release: what is asked is whether anybody answers. */
const nobody = 'rel_00000000000000000000000000';

/** `GET /health`: whether the service can work; why not, for callers that are known. */
export function getHealth(services: FunctionServices): Handler<typeof operations.getHealth> {
  return {
    handle: async ({ caller }) => {
      const storage = await storageAnswers(services);
      const accounts = services.accounts.describeAccounts().length;
      const checks = [
        {
          name: 'storage',
          ok: storage,
          detail: storage ? 'It answers.' : 'It does not answer: check PUBLISHER_STORAGE.',
        },
        { name: 'accounts', ok: true, detail: `${accounts} configured.` },
      ];
      const health: Health = { status: storage ? 'ok' : 'unavailable', ...(caller.known ? { checks } : {}) };
      return storage ? { jsonBody: health } : { status: 503, headers: { 'retry-after': '10' }, jsonBody: health };
    },
  };
}

async function storageAnswers({ releases }: FunctionServices): Promise<boolean> {
  const given = new AbortController();
  const patience = delay(patienceMs, false, { signal: given.signal }).catch(() => false);
  const asked = releases.read(nobody).then(
    () => true,
    () => false,
  );
  const answers = await Promise.race([asked, patience]);
  given.abort();
  return answers;
}
