export { extractFromChange, type ChangeContextOptions, type ChangeEvent } from './change-context.ts';
export { DEFAULT_CONTEXT_FIELD, type StampOptions } from './stamp.ts';
export { stamped, type Stamped, type WritableCollection } from './stamped.ts';
