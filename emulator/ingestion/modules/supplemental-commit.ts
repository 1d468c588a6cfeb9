import { param } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { touch } from '../etag';
import { operation } from '../operation';
import { BELOW_PRODUCT } from '../paths';
import { renderRow, rowAnswer } from '../render';
import { findRow, refuseFrozen } from './lookup';

/** `POST …/supplementalContents/{i}/commit` (B43). *Documented*: 200; that it only gives a new etag is *assumed*. */
export function supplementalCommitOperations(services: Services): Operation[] {
  const path = `${BELOW_PRODUCT}/supplementalContents/:rowId/commit`;
  return [
    operation('commitSupplementalContent', 'POST', path, (call) => {
      const found = findRow(services, call, findProduct(services, call), {
        module: 'SupplementalContent',
        id: param(call, 'rowId'),
        accepts: () => true,
      });
      refuseFrozen(call, found);
      touch(services, found.row);
      return rowAnswer(found.row, renderRow(found.row));
    }),
  ];
}
