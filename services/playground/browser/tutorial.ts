import { connectTheme } from './theme.ts';

connectTheme();
document.body.dataset['ready'] = '';
