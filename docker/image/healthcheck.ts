// Whether the service in this container can do its work; the image has no curl, and needs none.
const port = process.env['HEALTH_PORT'];
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
// What is missing is in the answer, and shown by `docker inspect`.
console.log(answer.status, await answer.text());
process.exitCode = answer.ok ? 0 : 1;
