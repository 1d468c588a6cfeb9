import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Secret } from '../core/model';
import type { Settings } from '../core/settings';
import { emptyContents, type Contents } from '../core/world';
import defaultSeed from './default.json';
import { plantProduct } from './plant-product';
import { plantApplication } from './plant-products';
import { Seed } from './schema';

/** Reads a seed file, or the default seed. Throws with the place of the first mistake. */
export function readSeed(file?: string): Seed {
  const parsed = Seed.safeParse(file === undefined ? defaultSeed : JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`The seed ${file ?? 'default.json'} is not valid:\n${z.prettifyError(parsed.error)}`);
}

/** The first contents of an emulator. */
export function plant(seed: Seed, settings: Settings, now = Date.now()): Contents {
  const contents = emptyContents(settings, seed.vault.tenant);
  for (const tenant of seed.tenants) {
    const { clients, domain, id } = tenant;
    contents.tenants.set(id, { id, ...(domain !== undefined && { domain }) });
    for (const client of clients) {
      const { account, ...rest } = client;
      // Absent members stay absent; the schema knows them as possibly undefined.
      const secrets = client.secrets.map(({ value, expires }) => ({
        value,
        ...(expires !== undefined && { expires }),
      }));
      contents.clients.set(client.id.toLowerCase(), {
        ...rest,
        secrets,
        tenant: id,
        ...(account !== undefined && { account }),
      });
    }
  }
  for (const secret of seed.vault.secrets) contents.secrets.set(secret.name.toLowerCase(), plantSecret(secret, now));
  for (const account of seed.accounts) {
    for (const application of account.applications) plantApplication(contents, account.name, application, now);
    for (const product of account.products) plantProduct(contents, account.name, product, now);
  }
  return contents;
}

/** The client whose credential is printed: its tenant, id and first secret. */
export function printedAccount(seed: Seed): { tenantId: string; clientId: string; clientSecret: string } {
  for (const tenant of seed.tenants) {
    const client = tenant.clients.find((candidate) => candidate.id === seed.client);
    if (client) return { tenantId: tenant.id, clientId: client.id, clientSecret: client.secrets[0]?.value ?? '' };
  }
  throw new Error(`The seed names the client ${seed.client}, which no tenant has`);
}

function plantSecret(secret: Seed['vault']['secrets'][number], now: number): Secret {
  const versions = secret.versions.map(({ version, notBefore, expires, contentType, ...rest }, index) => ({
    ...rest,
    version: version ?? createHash('sha256').update(`${secret.name}/${index}`).digest('hex').slice(0, 32),
    created: now,
    ...(contentType !== undefined && { contentType }),
    ...(notBefore !== undefined && { notBefore: Date.parse(notBefore) }),
    ...(expires !== undefined && { expires: Date.parse(expires) }),
  }));
  return { name: secret.name, versions };
}
