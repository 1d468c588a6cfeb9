import type { Fault } from '../release';
import type { CheckedPackage, StoreApp } from './submission';

/** Whether each package is one of this app: identity and publisher as Partner Center reserved them. */
export function fitPackages(app: StoreApp, packages: readonly CheckedPackage[]): Fault[] {
  return packages.flatMap((item, index) => {
    const pointer = `/packages/${index}`;
    const faults: Fault[] = [];
    if (item.identityName !== app.packageIdentityName) {
      faults.push({
        pointer,
        code: 'package-identity',
        message: `"${item.fileName}" has the identity "${item.identityName}"; the app is "${app.packageIdentityName}".`,
      });
    }
    if (item.publisher !== app.publisherName) {
      faults.push({
        pointer,
        code: 'package-publisher',
        message: `"${item.fileName}" names the publisher "${item.publisher}"; the app's is "${app.publisherName}".`,
      });
    }
    return faults;
  });
}
