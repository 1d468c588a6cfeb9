import { SecretUrl } from '../http';

/** Where the files of a submission go: a secret, since its signature lets anybody write there. */
export class UploadUrl extends SecretUrl {}
