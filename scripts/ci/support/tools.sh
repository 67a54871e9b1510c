# Installs third-party programs in .local/ci, each with a pinned version. Source it after steps.sh.

# go_program MODULE PACKAGE VERSION: builds a program. Go's checksum database verifies that everyone gets the same source.
go_program() {
  local folder=$tools/${1##*/}-$3
  [ -d "$folder" ] || GOBIN=$folder go install "$1${2:+/$2}@$3"
  PATH=$folder:$PATH
}

# python_program NAME VERSION: installs the program's wheel, which needs no compiler.
python_program() {
  local folder=$tools/$1-$2
  [ -d "$folder" ] || python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --only-binary=:all: --target "$folder" "$1==$2"
  PATH=$folder/bin:$PATH
}

# released_program NAME VERSION URL SHA256: downloads an archive that contains the program, and verifies its checksum.
released_program() {
  local folder=$tools/$1-$2
  [ -d "$folder" ] || {
    mkdir -p "$folder.new"
    curl --fail --silent --show-error --location --output "$folder.new/archive" "$3"
    echo "$4  $folder.new/archive" | sha256sum --check --quiet
    tar -C "$folder.new" -xzf "$folder.new/archive" "$1"
    mv "$folder.new" "$folder"
  }
  PATH=$folder:$PATH
}

# apt_packages NAME ...: installs Debian packages, if this needs no password.
apt_packages() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo --non-interactive)
  has apt-get || return
  "${as_root[@]}" apt-get update -qq || return
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
