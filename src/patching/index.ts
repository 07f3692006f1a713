export * from './patch-windows';
