import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
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

test.each([
  ['PUT', 'secrets/x', 'setSecret'],
  ['DELETE', 'secrets/x', 'deleteSecret'],
  ['GET', 'deletedsecrets', 'listDeletedSecrets'],
])('what is not emulated answers 501 by name: %s %s', async (method, path, name) => {
  const reply = await send(`${emulator().https}/${path}?api-version=7.6`, { method });

  expect([reply.status, reply.body.error.message]).toEqual([501, `The emulator does not have ${name}.`]);
});

describe('the challenge', () => {
  /** The real client with its check of the challenge, at a vault of this name that is the emulator. */
  function checking(host: string): SecretClient {
    const { tenantId, clientId, clientSecret } = emulator().account;
    const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
      authorityHost: emulator().https,
      disableInstanceDiscovery: true,
    });
    const real = createDefaultHttpClient();
    const httpClient: HttpClient = {
      sendRequest: (request) => {
        const { url } = request;
        request.url = url.replace(`https://${host}`, emulator().https);
        return real.sendRequest(request).finally(() => (request.url = url));
      },
    };
    return new SecretClient(`https://${host}`, credential, { httpClient, retryOptions: { maxRetries: 0 } });
  }

  test('names the public cloud, of which a vault there is a part', async () => {
    const { value } = await checking('contoso.vault.azure.net').getSecret('contoso-client-secret');

    expect(value).toBe(emulator().account.clientSecret);
  });

  test('is refused by the client where the vault is not a part of that', async () => {
    await expect(checking('contoso.vault.example').getSecret('contoso-client-secret')).rejects.toThrow(
      /challenge resource 'vault.azure.net' does not match/,
    );
  });

  test('is met again by a token that has expired', async () => {
    const bearer = await token(emulator(), emulator().account, 'https://vault.azure.net/.default');
    const read = () =>
      send(`${emulator().https}/secrets/contoso-client-secret?api-version=7.6`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
    const good = await read();
    await emulator().actions.advanceClock('61m');

    expect([good.status, (await read()).status]).toEqual([200, 401]);
  });
});

test('versions and secrets are listed in pages, without values, disabled ones included', async () => {
  for (const value of ['second', 'third'])
    await emulator().actions.addSecretVersion('fabrikam-client-secret', { value });
  const vault = client();
  const versions = [];
  for await (const page of vault.listPropertiesOfSecretVersions('fabrikam-client-secret').byPage({ maxPageSize: 2 })) {
    versions.push(page);
  }
  const secrets = [];
  for await (const properties of vault.listPropertiesOfSecrets()) secrets.push([properties.name, properties.enabled]);

  expect(versions.map((page) => page.length)).toEqual([2, 1]);
  expect(secrets).toEqual(
    expect.arrayContaining([
      ['fabrikam-client-secret', true],
      ['disabled-secret', false],
    ]),
  );
  const [newest] = versions.flat().slice(-1);
  expect((await vault.getSecret('fabrikam-client-secret', { version: newest!.version! })).value).toBe('third');
});

test('a version that is not there is not found, and a disabled one refused, though the newest may be read', async () => {
  await emulator().actions.addSecretVersion('rotated', { value: 'old', enabled: false });
  await emulator().actions.addSecretVersion('rotated', { value: 'new' });
  const vault = client();
  const versions = [];
  for await (const { version, enabled } of vault.listPropertiesOfSecretVersions('rotated')) {
    if (enabled === false) versions.push(version);
  }

  await expect(vault.getSecret('rotated', { version: '0'.repeat(32) })).rejects.toMatchObject({ statusCode: 404 });
  await expect(vault.getSecret('rotated', { version: versions[0]! })).rejects.toMatchObject({ statusCode: 403 });
  expect((await vault.getSecret('rotated')).value).toBe('new');
});

test('a secret that is not valid yet can be read: the dates only inform', async () => {
  const notBefore = '2099-01-01T00:00:00Z';
  await emulator().actions.addSecretVersion('early', { value: 'early', notBefore, expires: '2100-01-01T00:00:00Z' });

  const { value, properties } = await client().getSecret('early');

  expect([value, properties.notBefore]).toEqual(['early', new Date(notBefore)]);
});

test.each(['application/x-pkcs12', 'application/x-pem-file'])(
  'the secret of a certificate has its type, its key and who manages it: %s',
  async (contentType) => {
    const change = { value: 'bytes', contentType, ofCertificate: true };
    await emulator().actions.addSecretVersion('publisher', change);

    const { properties } = await client().getSecret('publisher');

    expect(properties).toMatchObject({ contentType, managed: true });
    expect(String(properties.certificateKeyId)).toBe(`${emulator().https}/keys/publisher/${properties.version}`);
  },
);

test.each([
  ['rbac', 'ForbiddenByRbac', /secrets\/getSecret\/action/],
  ['policy', 'ForbiddenByPolicy', /does not have secrets get permission/],
])('an identity without access is told by the permission model: %s', async (vaultAccess, inner, message) => {
  await emulator().actions.setSwitches({ vaultAccess });
  const bearer = await token(emulator(), CLIENTS.reader, 'https://vault.azure.net/.default');

  const { status, body } = await send(`${emulator().https}/secrets/contoso-client-secret?api-version=7.6`, {
    headers: { authorization: `Bearer ${bearer}` },
  });

  expect([status, body.error.code, body.error.innererror.code]).toEqual([403, 'Forbidden', inner]);
  expect(body.error.message).toMatch(message);
});

test.each([
  ['secrets/contoso-client-secret', 'api-version must be specified'],
  ['secrets/contoso-client-secret?api-version=1999-01-01', /^The specified version \(1999-01-01\) is not recognized/],
  ['secrets/under_score?api-version=7.6', 'The request URI contains an invalid name: under_score'],
  ['secrets?api-version=7.6&maxresults=26', /^maxresults must be/],
])('GET %s is a bad request', async (path, message) => {
  const bearer = await token(emulator(), emulator().account, 'https://vault.azure.net/.default');

  const reply = await send(`${emulator().https}/${path}`, { headers: { authorization: `Bearer ${bearer}` } });

  expect([reply.status, reply.body.error.code]).toEqual([400, 'BadParameter']);
  expect(reply.body.error.message).toMatch(message);
});
