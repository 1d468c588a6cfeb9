import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { CLIENTS, emulatorForFile } from '../support/emulator';
import { send, token } from './api';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());

function client(identity: { clientId: string; clientSecret: string } = emulator().account): SecretClient {
  const credential = new ClientSecretCredential(emulator().account.tenantId, identity.clientId, identity.clientSecret, {
    authorityHost: emulator().https,
    disableInstanceDiscovery: true,
  });
  return new SecretClient(emulator().https, credential, {
    disableChallengeResourceVerification: true,
    retryOptions: { retryDelayInMs: 1, maxRetries: 1 },
  });
}

test('the real client follows the challenge and reads the newest version', async () => {
  const secret = await client().getSecret('contoso-client-secret');

  expect(secret.value).toBe(emulator().account.clientSecret);
  expect(secret.properties).toMatchObject({ name: 'contoso-client-secret', enabled: true, contentType: 'text/plain' });
  expect(
    emulator()
      .actions.journal({ operation: 'getSecret' })
      .map((entry) => entry.status),
  ).toEqual([401, 200]);
});

test('an identity that only reads the vault can read it', async () => {
  expect((await client(CLIENTS.vaultReader).getSecret('contoso-client-secret')).value).toBe(
    emulator().account.clientSecret,
  );
});

test('an older version is read by its id', async () => {
  const vault = client();
  const current = await vault.getSecret('fabrikam-client-secret');
  await emulator().actions.addSecretVersion('fabrikam-client-secret', { value: 'rotated' });

  const old = await vault.getSecret('fabrikam-client-secret', { version: current.properties.version! });
  const latest = await vault.getSecret('fabrikam-client-secret');

  expect([old.value, latest.value]).toEqual(['Fabrikam~Emulator~Secret', 'rotated']);
});

test('an expired secret is read, with its expiry', async () => {
  const secret = await client().getSecret('expired-secret');

  expect(secret.properties.expiresOn).toEqual(new Date('2020-01-01T00:00:00Z'));
});

test.each([
  ['nowhere', 404, { code: 'SecretNotFound', message: expect.stringContaining('(name/id) nowhere was not found') }],
  [
    'disabled-secret',
    403,
    {
      code: 'Forbidden',
      message: 'Operation get is not allowed on a disabled secret.',
      innererror: { code: 'SecretDisabled' },
    },
  ],
])('%s answers %i', async (name, statusCode, error) => {
  const bearer = await token(emulator(), emulator().account, 'https://vault.azure.net/.default');

  const raw = await send(`${emulator().https}/secrets/${name}?api-version=7.6`, {
    headers: { authorization: `Bearer ${bearer}` },
  });

  expect([raw.status, raw.body]).toEqual([statusCode, { error }]);
  await expect(client().getSecret(name)).rejects.toMatchObject({ statusCode, code: error.code });
});

test('an identity without access gets 403', async () => {
  await expect(client(CLIENTS.reader).getSecret('contoso-client-secret')).rejects.toMatchObject({
    statusCode: 403,
    code: 'Forbidden',
  });
});

test('a token for another audience is challenged, the api-version is needed', async () => {
  const wrong = await token(emulator());
  const right = await token(emulator(), emulator().account, 'https://vault.azure.net/.default');
  const get = (bearer: string, query: string) =>
    send(`${emulator().https}/secrets/contoso-client-secret${query}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });

  const challenged = await get(wrong, '?api-version=7.6');
  const unversioned = await get(right, '');

  expect(challenged.status).toBe(401);
  expect(challenged.headers.get('www-authenticate')).toBe(
    `Bearer authorization="${emulator().https}/${emulator().account.tenantId}", resource="https://vault.azure.net"`,
  );
  expect([unversioned.status, unversioned.body.error.code]).toEqual([400, 'BadParameter']);
});

test('throttling by a fault is seen by the client, which asks again', async () => {
  const vault = client();
  await vault.getSecret('contoso-client-secret');
  emulator().actions.addFault({ operation: 'getSecret', answer: { status: 429, retryAfter: { seconds: 0 } } });

  await vault.getSecret('contoso-client-secret');

  expect(
    emulator()
      .actions.journal({ operation: 'getSecret' })
      .map((entry) => entry.status),
  ).toEqual([401, 200, 429, 200]);
});

test('what is not emulated answers 501 by name', async () => {
  const reply = await send(`${emulator().https}/secrets?api-version=7.6`);

  expect([reply.status, reply.body.error.message]).toEqual([501, 'The emulator does not have listSecrets.']);
});
