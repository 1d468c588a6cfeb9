import type { Result } from '../../../domain/failure';
import type { DraftTask, Sent } from '../offer-api';
import type { Readers } from './read-content';
export function uploadFiles(_readers: Readers, _task: DraftTask): Promise<Result<Sent>> {
  throw new Error('todo');
}
