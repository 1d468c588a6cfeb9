import { json } from '../core/answer';
import type { Operation } from '../core/operation';

/** Operations of Key Vault that are not emulated: the emulator's vault is only read. */
export function missingVaultOperations(): Operation[] {
  const missing = (name: string, method: Operation['method'], path: string): Operation => ({
    name,
    surface: 'key-vault',
    method,
    path,
    run: () => json(501, { error: { code: 'NotImplemented', message: `The emulator does not have ${name}.` } }),
  });
  return [
    missing('setSecret', 'PUT', '/secrets/:secretName'),
    missing('deleteSecret', 'DELETE', '/secrets/:secretName'),
    missing('backupSecret', 'POST', '/secrets/:secretName/backup'),
    missing('restoreSecret', 'POST', '/secrets/restore'),
    missing('listDeletedSecrets', 'GET', '/deletedsecrets'),
    missing('getDeletedSecret', 'GET', '/deletedsecrets/:secretName'),
    missing('purgeDeletedSecret', 'DELETE', '/deletedsecrets/:secretName'),
    missing('recoverDeletedSecret', 'POST', '/deletedsecrets/:secretName/recover'),
  ];
}
