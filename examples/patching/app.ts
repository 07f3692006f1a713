import { App } from 'aws-cdk-lib';
import { CONTEXT, definePatching } from './patching';

const app = new App({ context: CONTEXT });
definePatching(app);
app.synth();
