import { defineAdmissionTests } from './support/admission-tests.ts';
import { applyWebhook } from './support/context-webhook.ts';

defineAdmissionTests('webhook', applyWebhook);
