import type { RequestHandler } from 'express';
import { contentSecurityPolicy } from 'helmet';

/**
 * Sets a content security policy. The page loads only its own files, and sends requests only to its own server. Nothing is
 * inline, and no site can frame it. Replaces the default of the services, which allows inline styles and upgrades requests to
 * https.
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
