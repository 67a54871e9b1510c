export { KubernetesEnvironmentSetter, type KubernetesEnvVar } from './kubernetes-environment-setter.ts';
