export type { Journal, Posting } from './journal';
