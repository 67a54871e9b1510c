import type { FinishApproval } from '../decide-order.ts';

/** Does to an approval what it asks for in `demo.segment`; nothing without it. */
export const spoilSegment: FinishApproval = ({ demo }, cause) => {
  if (demo?.segment === 'off') return { 'pause.context': '$$REMOVE' };
  if (demo?.segment === 'approver' && cause) return { 'pause.context': { $literal: cause } };
  return {};
};
