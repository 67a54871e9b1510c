// Must come before the page's own modules, which send requests to a server when they start.
import './install.ts';
import '../main.ts';
