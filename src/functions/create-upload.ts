import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import type { FunctionServices } from './services';

/** `POST /uploads`: the same bytes have the same place, so a repetition uploads nothing twice. */
export function createUpload(services: FunctionServices): Handler<typeof operations.createUpload> {
  return {
    handle: async ({ body }) => {
      const upload = await services.uploads.request(body.sha256, body.size);
      return { status: upload.state === 'pending' ? 201 : 200, jsonBody: upload };
    },
  };
}
