import { emulatorForFile } from '../support/emulator';
import { IngestionApi } from './ingestion-api';
import { METHODS } from './ingestion-method-table';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());

test.each(METHODS.map((method) => [`${method.row} ${method.operation}`, method] as const))(
  'is answered as its page says: %s',
  async (_, { operation, ask, told }) => {
    const api = await IngestionApi.signIn(emulator());

    const answer = await ask(api);

    expect(answer).toMatchObject(told);
    expect(emulator().actions.journal({ operation }).at(-1)?.status).toBe(told.status);
  },
);
