import { App } from 'aws-cdk-lib';
import { definePatching } from './patching';

const app = new App();
definePatching(app);
app.synth();
