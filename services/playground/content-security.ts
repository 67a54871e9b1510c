import type { RequestHandler } from 'express';
import { contentSecurityPolicy } from 'helmet';

/**
 * The page loads its own files and talks to its own server; nothing inline, nothing from elsewhere, and it can't be
 * framed. Replaces the default of the services, which lets styles be inline and sends browsers to https.
 */
export function contentSecurity(): RequestHandler {
  return contentSecurityPolicy({
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'connect-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ["'none'"],
    },
  });
}
