"""Evaluates the Tiltfile with a real Starlark interpreter. Records the calls of Tilt's functions instead of executing them.

Reads {"root", "subcommand", "context", "env"} as JSON from stdin, and prints {"calls", "prints"}. "calls" has every call of a Tilt
function, in order, with its arguments by name. If an argument is the result of another call, such as a link, that call is its value.
"""

import json
import sys
from pathlib import Path

import starlark

# The functions of https://docs.tilt.dev/api.html that the Tiltfile uses, with their parameters. A question mark means optional.
FUNCTIONS = {
    "version_settings": "check_updates? constraint?",
    "ci_settings": "k8s_grace_period? timeout? readiness_timeout?",
    "update_settings": "max_parallel_updates? k8s_upsert_timeout_secs? suppress_unused_image_warnings?",
    "docker_build": "ref context build_args? dockerfile? live_update? match_in_env_vars? ignore? only? entrypoint? target?",
    "fall_back_on": "files",
    "sync": "local_path remote_path",
    "run": "cmd trigger? echo_off?",
    "k8s_yaml": "yaml allow_duplicates?",
    "kustomize": "pathToDir kustomize_bin? flags?",
    "k8s_resource": "workload? new_name? port_forwards? extra_pod_selectors? trigger_mode? resource_deps? objects? auto_init?"
    " pod_readiness? links? labels? discovery_strategy?",
    "port_forward": "local_port container_port? name? link_path? host?",
    "link": "url name?",
    "local_resource": "name cmd? deps? trigger_mode? resource_deps? ignore? auto_init? serve_cmd? allow_parallel? links? labels?"
    " env? serve_env? readiness_probe? dir? serve_dir?",
    "v1alpha1.ui_button": "name labels? annotations? location? text? icon_name? icon_svg? disabled? requires_confirmation? inputs?",
    "v1alpha1.cmd": "name labels? annotations? args? dir? env? readiness_probe? restart_on? start_on? stdin? stop_on?",
    "v1alpha1.start_on_spec": "start_after? ui_buttons?",
    "v1alpha1.ui_input_spec": "name? label? text? bool? hidden? choice?",
    "v1alpha1.ui_text_input_spec": "default_value? placeholder?",
    "fail": "msg",
}

LIBRARY = starlark.Globals.extended_by([starlark.LibraryExtension.StructType])

DIALECT = starlark.Dialect.extended()
DIALECT.enable_top_level_stmt = True


class Evaluation:
    def __init__(self, root, subcommand, context, env):
        self.root = Path(root)
        self.calls = []
        self.prints = []
        self.values = {
            "os.getenv": lambda name, default=None: env.get(name, default),
            "k8s_context": lambda: context,
            "read_file": lambda path: (self.root / path).read_text(),
            "print": self.prints.append,
        }
        self.constants = f"""
TRIGGER_MODE_AUTO = "auto"
TRIGGER_MODE_MANUAL = "manual"
os = struct(getenv = os_getenv)
config = struct(main_dir = ".", tilt_subcommand = {json.dumps(subcommand)})
v1alpha1 = struct({", ".join(f"{name.split('.')[1]} = {symbol(name)}" for name in FUNCTIONS if name.startswith("v1alpha1."))})
"""

    def run(self, path):
        """Evaluates one file. Resolves the files that it loads from its own folder, as Tilt does."""
        module = starlark.Module()
        for name, parameters in FUNCTIONS.items():
            module.add_callable(symbol(name), self.recorder(name, parameters))
        for name, function in self.values.items():
            module.add_callable(symbol(name), function)
        starlark.eval(module, starlark.parse("tilt", self.constants, DIALECT), LIBRARY)
        loader = starlark.FileLoader(lambda name: self.run(path.parent / name))
        program = starlark.parse(str(path), (self.root / path).read_text(), DIALECT)
        starlark.eval(module, program, LIBRARY, loader)
        return module.freeze()

    def recorder(self, name, parameters):
        names = [parameter.rstrip("?") for parameter in parameters.split()]
        required = [parameter for parameter in parameters.split() if not parameter.endswith("?")]

        def record(*args, **kwargs):
            given = dict(zip(names, args)) | kwargs
            unknown = [key for key in given if key not in names]
            missing = [key for key in required if key not in given]
            if unknown or missing or len(args) > len(names):
                raise TypeError(f"{name}: unknown {unknown}, missing {missing}, {len(args)} by position")
            call = {"call": name, **given}
            self.calls.append(call)
            return call

        return record


def symbol(name):
    return name.replace(".", "_")


def main():
    evaluation = Evaluation(**json.load(sys.stdin))
    try:
        evaluation.run(Path("Tiltfile"))
    except starlark.StarlarkError as error:
        sys.exit(str(error))
    json.dump({"calls": evaluation.calls, "prints": evaluation.prints}, sys.stdout)


main()
