import { createHostIdentity } from '../../src/accounts';
import { emulatorForFile } from '../support/emulator';
import { failureOf } from '../partner-center/fakes';
import { contoso, host } from './setup';

const emulator = emulatorForFile();
const variables = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_TOKEN_CREDENTIALS'] as const;
afterEach(() => variables.forEach((name) => delete process.env[name]));

function signedInAs(secret: string): void {
  process.env['AZURE_TENANT_ID'] = contoso.tenantId;
  process.env['AZURE_CLIENT_ID'] = host.clientId;
  process.env['AZURE_CLIENT_SECRET'] = secret;
  process.env['AZURE_TOKEN_CREDENTIALS'] = 'EnvironmentCredential';
}

describe('the identity of the app itself', () => {
  it('is who the environment says, at an authority on this machine too', async () => {
    signedInAs(host.secret);
    const identity = createHostIdentity({ authorityHost: emulator().https });

    const token = await identity.getToken('https://vault.azure.net/.default');

    expect(token?.expiresOnTimestamp).toBeGreaterThan(Date.now());
  });

  it('needs no settings', async () => {
    signedInAs(host.secret);
    process.env['AZURE_TENANT_ID'] = 'not a tenant';

    const error = await failureOf(createHostIdentity().getToken('https://vault.azure.net/.default'));

    expect(error).toMatchObject({ name: 'CredentialUnavailableError' });
  });
});
