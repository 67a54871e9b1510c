import { defineAdmissionTests } from './support/admission-tests.ts';
import { applyPolicy } from './support/context-policy.ts';

defineAdmissionTests('policy', applyPolicy);
