import { createServer } from 'node:http';
import { Account } from '../../src/accounts';
import { everythingOf, failureOf } from '../partner-center/fakes';
import { makeCertificate, type CertificateMaterial } from './certificate-material';
import { contoso, signInto } from './setup';
import { emulatorForFile, expectNothingUnhit } from '../support/emulator';

const emulator = emulatorForFile();
let material: CertificateMaterial;
let other: CertificateMaterial;
beforeAll(async () => {
  [material, other] = await Promise.all([makeCertificate(), makeCertificate()]);
});
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

const { tenantId, clientId } = contoso;
const withCertificate = (certificate: string): Account => ({
  tenantId,
  clientId,
  credential: { kind: 'client-certificate', certificate },
});

async function trust(value: string, certificates = [material.certificate]) {
  await emulator().actions.addSecretVersion('signing', { value });
  await emulator().actions.changeClient(clientId, { certificates });
}

const keyOf = ({ pem }: CertificateMaterial) => pem.split('-----BEGIN CERTIFICATE')[0] ?? '';

describe('a certificate', () => {
  it.each([
    ['PEM', () => material.pem],
    ['PEM with escaped line ends', () => material.pem.replaceAll('\n', '\\n')],
    ['PKCS#12', () => material.pkcs12()],
  ])('from Key Vault signs in: %s', async (_, value) => {
    await trust(value());
    const { accounts } = signInto(emulator(), { contoso: withCertificate('signing') });

    const { expiresAt } = await accounts.checkToken('contoso');

    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect(await accounts.credentialExpiry('contoso')).toEqual(material.notAfter);
  });

  it('that the application does not know is read once more before it counts as refused', async () => {
    await trust(other.pem);
    const { accounts } = signInto(emulator(), { contoso: withCertificate('signing') });

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toMatchObject({ code: 'certificate-refused', facts: { aadsts: 700027, secretName: 'signing' } });
    expect(
      emulator()
        .actions.journal({ operation: 'getSecret' })
        .filter(({ status }) => status === 200),
    ).toHaveLength(2);
  });

  it('that was renewed is picked up without a failure', async () => {
    await trust(material.pem);
    const { accounts, vault } = signInto(emulator(), { contoso: withCertificate('signing') });
    await vault.read('signing');

    await trust(other.pem, [other.certificate]);

    await expect(accounts.checkToken('contoso')).resolves.toHaveProperty('expiresAt');
  });

  it.each([
    ['no key', () => material.certificate],
    ['no certificate', () => keyOf(material)],
    ['a certificate of another key', () => keyOf(material) + other.certificate],
    ['no base64', () => 'Contoso~Not+A/Certificate'],
    ['half of it', () => material.pkcs12().slice(0, 400)],
  ])('that cannot be read is said so, and not shown: %s', async (_, value) => {
    await trust(value());
    const { accounts } = signInto(emulator(), { contoso: withCertificate('signing') });

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toMatchObject({ code: 'certificate-unreadable', facts: { secretName: 'signing' } });
    expect(everythingOf(error)).not.toMatch(/PRIVATE KEY|BEGIN|Not\+A/);
  });
});

describe('a managed identity', () => {
  const managed: Account = {
    tenantId,
    clientId,
    credential: { kind: 'managed-identity', managedIdentityClientId: clientId },
  };

  it('shows its own token as assertion, asked for the exchange audience', async () => {
    const asked: URL[] = [];
    const endpoint = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://localhost'));
      response.setHeader('Content-Type', 'application/json');
      const expires = Math.floor(Date.now() / 1000) + 3600;
      response.end(
        JSON.stringify({
          access_token: 'eyJhbGciOiJub25lIn0.assertion.x',
          expires_on: String(expires),
          resource: 'r',
          token_type: 'Bearer',
        }),
      );
    });
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    const address = endpoint.address();
    process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/token`;
    process.env['IDENTITY_HEADER'] = 'header';
    const { accounts } = signInto(emulator(), { contoso: managed });

    const error = await failureOf(accounts.checkToken('contoso')).finally(() => {
      delete process.env['IDENTITY_ENDPOINT'];
      delete process.env['IDENTITY_HEADER'];
      endpoint.close();
    });

    expect(asked[0]?.searchParams.get('resource')).toBe('api://AzureADTokenExchange');
    expect(asked[0]?.searchParams.get('client_id')).toBe(clientId);
    // The emulator knows no federated credential: that it refuses the assertion for its issuer shows that it was given one.
    expect(emulator().actions.journal({ operation: 'token' }).at(-1)).toMatchObject({ status: 400 });
    expect(error).toMatchObject({ code: 'federation-refused', facts: { account: 'contoso' } });
    expect(everythingOf(error)).not.toContain('eyJ');
    expect(emulator().actions.journal({ operation: 'getSecret' })).toEqual([]);
  });
});

describe('the configuration of an account', () => {
  it.each([
    [{ tenantId, clientId, credential: { kind: 'client-secret', secret: 'a-b-1' } }, true],
    [{ tenantId: 'contoso.onmicrosoft.com', clientId, credential: { kind: 'managed-identity' } }, true],
    [{ tenantId, clientId, credential: { kind: 'client-secret', secret: 'Contoso~Secret/Value=' } }, false],
    [{ tenantId, clientId, credential: { kind: 'client-secret', secret: 'a', value: 'x' } }, false],
    [{ tenantId: '../x', clientId, credential: { kind: 'managed-identity' } }, false],
    [{ tenantId, clientId: 'me', credential: { kind: 'managed-identity' } }, false],
  ])('takes names of secrets, never secrets: %j', (settings, good) => {
    expect(Account.safeParse(settings).success).toBe(good);
  });
});
