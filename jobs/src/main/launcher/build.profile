${build.profile}
