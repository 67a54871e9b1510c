// Before the page's own modules, which ask a server when they start.
import './install.ts';
import '../main.ts';
