import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a key and a self-signed certificate for a host name or an IP address with openssl, as the component's README describes. */
export function selfSigned(name: string, kind: 'DNS' | 'IP' = 'DNS'): { key: Buffer; cert: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), 'self-signed-'));
  const [key, cert] = [join(directory, 'tls.key'), join(directory, 'tls.crt')];
  try {
    const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${kind}:${name}`];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...made, ...names, '-keyout', key, '-out', cert], {
      stdio: 'pipe',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
