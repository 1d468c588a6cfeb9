import type { Secret, SecretVersion } from '../core/model';

/** What is told of a version of a secret, besides its value. Times are epoch seconds. */
export function renderProperties(id: string, { origin, secret, version }: Shown): object {
  const seconds = (time: number): number => Math.floor(time / 1000);
  const { notBefore, expires } = version;
  return {
    ...(version.contentType !== undefined && { contentType: version.contentType }),
    id,
    // *Documented*: the secret of a certificate names its key, and is managed by the certificate.
    ...(version.ofCertificate && { kid: `${origin}/keys/${secret.name}/${version.version}`, managed: true }),
    attributes: {
      enabled: version.enabled,
      ...(notBefore !== undefined && { nbf: seconds(notBefore) }),
      ...(expires !== undefined && { exp: seconds(expires) }),
      created: seconds(version.created),
      updated: seconds(version.created),
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
    },
    tags: {},
  };
}

interface Shown {
  readonly origin: string;
  readonly secret: Secret;
  readonly version: SecretVersion;
}
