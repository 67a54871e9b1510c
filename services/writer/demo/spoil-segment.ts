import type { FinishApproval } from '../decide-order.ts';

/** Applies the switch `demo.segment` to an approval. Changes nothing without it. */
export const spoilSegment: FinishApproval = ({ demo }, cause) => {
  if (demo?.segment === 'off') return { 'pause.context': '$$REMOVE' };
  if (demo?.segment === 'approver' && cause) return { 'pause.context': { $literal: cause } };
  return {};
};
