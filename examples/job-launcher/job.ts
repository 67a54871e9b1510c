// A job without any tracing code: it requests a URL, and prints the status code. The preload sets up tracing.
const [url = 'http://127.0.0.1:16686/api/v3/services'] = process.argv.slice(2);
const { status } = await fetch(url);
console.log(url, status);
process.exitCode = status < 400 ? 0 : 1;
