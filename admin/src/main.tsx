import 'antd/dist/reset.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startI18n } from './providers/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// Texts first: nothing is ever drawn with raw keys.
void startI18n().then(() => createRoot(root).render(<App />));
