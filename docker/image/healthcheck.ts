// Checks whether the service in this container is ready. Replaces curl, which the image doesn't have.
const port = process.env['HEALTH_PORT'];
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
// The response says what is missing, and `docker inspect` shows it.
console.log(answer.status, await answer.text());
process.exitCode = answer.ok ? 0 : 1;
