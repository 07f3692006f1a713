import { App } from 'aws-cdk-lib';
import { WebStack } from './web-stack';

const app = new App();
new WebStack(app, 'Web');
app.synth();
